"""What values.yaml says about itself: comments -> the table in a README, and with the templates -> a JSON Schema."""
