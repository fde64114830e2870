"""Rows on stdout, as a table to read or as data for a program; remarks on stderr."""

import csv
import io
import json
import sys
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from desk.plain import cell, harmless, one_line

Style = Literal["table", "json", "jsonl", "csv"]
Row = Mapping[str, Any]
PIPE_WIDTH = 1000  # characters a line may have where nobody looks: one row stays one line, for grep


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in CSV, its heading in a table, and how to read it from a row."""

    name: str
    heading: str
    read: Callable[[Row], object]
    narrow: bool = False  # never broken over lines


def plain_column(name: str, heading: str, *, narrow: bool = False) -> Column:
    """The column of one key of the row."""
    return Column(name, heading, lambda row: row.get(name), narrow)


def print_rows(rows: Iterable[Row], columns: Sequence[Column], style: Style) -> int:
    """Print the rows and return how many there were."""
    match style:
        case "table":
            return print_table(rows, columns)
        case "json":
            return print_json(rows)
        case "jsonl":
            return print_lines(rows)
        case "csv":
            return print_csv(rows, columns)


def to_text(value: object) -> str:
    """A value as a cell shows it: nothing for nothing, lists joined by "；".

    >>> to_text(["张三", "李四"]), to_text(None), to_text(3)
    ('张三；李四', '', '3')
    """
    if isinstance(value, list | tuple):
        return "；".join(to_text(item) for item in value)
    return "" if value is None else str(value)


def console(*, err: bool = False) -> Console:
    """A console that reads no markup; on a pipe a row stays on one line."""
    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else PIPE_WIDTH
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)


def print_table(rows: Iterable[Row], columns: Sequence[Column]) -> int:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column.heading, no_wrap=column.narrow, overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line(to_text(column.read(row)))) for column in columns))
    if table.row_count:
        console().print(table)
    return table.row_count


def dump(value: object) -> str:
    """One line of JSON, characters unescaped but those that no UTF-8 can carry."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def print_json(rows: Iterable[Row]) -> int:
    """One array; written row by row, so that a long answer needs little memory."""
    count = 0
    for row in rows:
        click.echo(("[\n" if not count else ",\n") + dump(row), nl=False)
        count += 1
    click.echo("\n]" if count else "[]")
    return count


def print_lines(rows: Iterable[Row]) -> int:
    """JSON Lines."""
    count = 0
    for row in rows:
        click.echo(dump(row))
        count += 1
    return count


def print_understood(rows: Generator[dict[str, Any], None, None]) -> int:
    """JSON Lines of pages and texts as they are understood; the exit status is 1 where one has an "error"."""
    failed = False
    with closing(rows):  # when our reader leaves, the work behind the rows ends too
        for row in rows:
            click.echo(dump(row))
            failed = failed or "error" in row
    return int(failed)


def print_csv(rows: Iterable[Row], columns: Sequence[Column]) -> int:
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    count = 0
    for row in rows:
        writer.writerow([cell(to_text(column.read(row))) for column in columns])
        count += 1
    return count


def print_value(value: object, style: Style) -> None:
    """A single value for a program: an indented object for json, one line for the others."""
    text = json.dumps(value, ensure_ascii=False, indent=2) if style == "json" else dump(value)
    click.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def speak_utf8() -> None:
    """Write UTF-8 wherever nobody looks, whatever the locale says; a terminal keeps its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def remark(text: str) -> None:
    """One line for the person, on stderr, so that stdout stays clean; nothing for an empty text."""
    if text:
        click.echo(one_line(text), err=True)


def say(text: str) -> None:
    """Text for a person on stdout."""
    click.echo(harmless(text))
