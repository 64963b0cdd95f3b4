"""Kinds of needs: what jobs use that lies outside of their definitions."""

from enum import Enum


class Need(Enum):
    """The kind of a need; the value is what reports call it."""

    HOST = "host"
    USER = "user"
    PROFILE = "profile"
    FILE = "watched file"
    FOLDER = "folder"
    IMAGE = "image"
    SECRET = "secret"
    VARIABLE = "variable without a value"
    CALENDAR = "missing calendar"
    OUTSIDE = "job outside of the estate"
    RESOURCE = "resource"
    MAIL = "mail address"
    UTILITY = "scheduler utility"
    DATABASE = "database client"
    PROGRAM = "program"
