"""A built folder of pages, served from a private bucket."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from troposphere import AWSObject, GetAtt, cloudfront

from ecinfra.assets import Asset
from ecinfra.constructs import guests
from ecinfra.constructs.bucket import Bucket, Folder
from ecinfra.constructs.caching import HeadersPolicy
from ecinfra.constructs.cdn import Cdn, ErrorPage
from ecinfra.constructs.certificate import Certificate
from ecinfra.constructs.zone import GivenZone, Record, Zone
from ecinfra.frozen import frozen

# A bucket knows no folders: a path that names no file means the index.html in the folder of that name.
_INDEX = """\
function handler(event) {
  var request = event.request;
  var last = request.uri.split('/').pop();
  if (last === '') {
    request.uri += 'index.html';
  } else if (last.indexOf('.') < 0) {
    request.uri += '/index.html';
  }
  return request;
}
"""


@frozen
class StaticSite:
    """The content of a folder under a domain; the deployer uploads it, and makes the CDN forget the old one."""

    title: str
    name: str
    content: Asset
    content_security: str
    domain: str | None = None
    certificate: Certificate | None = None
    zone: Zone | GivenZone | None = None
    logs: Bucket | None = None
    single_page: bool = False

    def __post_init__(self) -> None:
        if (self.domain is None) != (self.zone is None):
            raise ValueError("domain, zone: neither goes without the other")

    @cached_property
    def bucket(self) -> Bucket:
        """Where the content lies."""
        return Bucket(f"{self.title}Bucket", guests=(guests.cdn(f"{self.title}Cdn"),), logs=self._folder("access"))

    @cached_property
    def cdn(self) -> Cdn:
        """What serves it."""
        status, page = (200, "/index.html") if self.single_page else (404, "/404.html")
        return Cdn(
            f"{self.title}Cdn",
            self.name,
            self.bucket,
            HeadersPolicy(self.name, content_security=self.content_security),
            # S3 answers 403 for what is not there, to those who may not list
            errors=(ErrorPage(403, page, status), ErrorPage(404, page, status)),
            domain=self.domain,
            certificate=self.certificate,
            logs=self._folder("cdn"),
            first_page="index.html",
            on_request=GetAtt(self._function_title, "FunctionARN"),
        )

    def _folder(self, kind: str) -> Folder | None:
        return self.logs.folder(f"{self.name}/{kind}/") if self.logs else None

    @property
    def _function_title(self) -> str:
        return f"{self.title}Index"

    def resources(self) -> Iterable[AWSObject]:
        """The bucket, the distribution, the function that finds index pages, and the record of the domain."""
        yield from self.bucket.resources()
        yield cloudfront.Function(
            self._function_title,
            Name=self.name,
            AutoPublish=True,
            FunctionCode=_INDEX,
            FunctionConfig=cloudfront.FunctionConfig(Comment="index pages of folders", Runtime="cloudfront-js-2.0"),
        )
        yield from self.cdn.resources()
        if self.domain and self.zone:
            yield from Record(f"{self.title}Record", self.zone, self.domain, self.cdn.alias).resources()
