"""Facts about Kubernetes: the shape of its objects, its API versions, its selectors."""
