"""Python's smtplib, over one connection."""

import smtplib

from benchmarks.send.messages import SENDER, Template, recipient
from benchmarks.send.senders.timed import Task, timed


def _send(task: Task) -> int:
    template = Template.of(task.size)
    with smtplib.SMTP("127.0.0.1", task.port, local_hostname="bench.example") as client:
        for number in range(task.count):
            client.sendmail(SENDER, [recipient(number)], template.message(number))
    return task.count


if __name__ == "__main__":
    told = Task.told()
    timed(told, lambda: _send(told))
