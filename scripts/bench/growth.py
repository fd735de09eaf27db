"""An app of many stacks, to see how rendering grows: python growth.py STACKS RESOURCES FOLDER."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from troposphere import GetAtt, Ref
from troposphere.sns import Topic
from troposphere.sqs import Queue

from ecinfra import App, link, render


@dataclass(frozen=True)
class Settings:
    """One environment is enough."""

    environment: str = "dev"
    region: str = "ap-southeast-1"


def build(stacks: int, resources: int) -> App:
    """A quarter of each stack's resources reads from the stack before it."""
    app = App("Growth", Settings())
    for number in range(stacks):
        stack = app.stack(f"Stack{number}")
        for index in range(resources):
            title = f"Queue{number}x{index}"
            if number and index < resources // 4:
                before = f"Queue{number - 1}x{resources - 1 - index}"
                stack.add(
                    Topic(f"Topic{number}x{index}", TopicName=GetAtt(before, "QueueName"), DisplayName=Ref(before))
                )
            else:
                stack.add(Queue(title, QueueName=title.lower(), VisibilityTimeout=30))
    return app


if __name__ == "__main__":
    folder = Path(sys.argv[3])
    for template in render(link(build(int(sys.argv[1]), int(sys.argv[2])))).templates:
        path = folder / template.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template.text, encoding="utf-8")
