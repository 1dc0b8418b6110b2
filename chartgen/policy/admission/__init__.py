"""ValidatingAdmissionPolicies, judged without a cluster as the API server judges them."""
