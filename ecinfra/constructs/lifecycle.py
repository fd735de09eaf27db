"""What becomes of objects with time."""

from __future__ import annotations

from troposphere import s3

from ecinfra.frozen import frozen
from ecinfra.parts import given


@frozen
class Expiry:
    """Objects below a prefix go after some days."""

    prefix: str
    days: int

    def rule(self) -> s3.LifecycleRule:
        """The rule that says so."""
        name = self.prefix.strip("/").replace("/", "-") or "objects"
        return s3.LifecycleRule(
            Id=f"old-{name}", Status="Enabled", ExpirationInDays=self.days, **given(Prefix=self.prefix)
        )


@frozen
class Tiering:
    """Objects that nobody asks for go to the archives.

    Only those in the class INTELLIGENT_TIERING do: `move_days` moves all of them there, after so many days.
    """

    archive_days: int = 90
    deep_archive_days: int = 180
    move_days: int | None = None

    def configuration(self, name: str) -> s3.IntelligentTieringConfiguration:
        """The archives, and when objects go there."""
        return s3.IntelligentTieringConfiguration(
            Id=name,
            Status="Enabled",
            Tierings=[
                s3.Tiering(AccessTier="ARCHIVE_ACCESS", Days=self.archive_days),
                s3.Tiering(AccessTier="DEEP_ARCHIVE_ACCESS", Days=self.deep_archive_days),
            ],
        )

    def rule(self, days: int) -> s3.LifecycleRule:
        """The rule that moves objects into the class."""
        move = s3.LifecycleRuleTransition(StorageClass="INTELLIGENT_TIERING", TransitionInDays=days)
        return s3.LifecycleRule(Id="into-tiers", Status="Enabled", Transitions=[move])
