"""Staying up: probes, replicas, disruption budgets, rollouts."""
