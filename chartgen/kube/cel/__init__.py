"""CEL as the API server evaluates it: Kubernetes' environment and functions on Google's C++ library."""
