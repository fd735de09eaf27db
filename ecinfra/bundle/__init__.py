"""Bundling: from the sources of functions and layers to the zips that Lambda runs."""

from ecinfra.bundle.bundler import Artifact, Watch, bundle

__all__ = ["Artifact", "Watch", "bundle"]
