"""Builds one DAG a pipeline from what the build wrote about it; knows nothing of any pipeline itself."""
