"""Administration: statistics, users and bans, reports and moderation, appeals, feedback."""
