# SPDX-License-Identifier: MIT
"""What documents import most, loaded in advance."""

# ruff: noqa: F401
import asyncio
import collections
import contextlib
import copy
import dataclasses
import datetime
import decimal
import enum
import functools
import io
import itertools
import json
import logging
import math
import operator
import pprint
import random
import re
import string
import textwrap
import threading
import traceback
import typing
import unittest
import uuid

import twisted.internet.base
import twisted.internet.defer
import twisted.internet.endpoints
import twisted.internet.error
import twisted.internet.protocol
import twisted.internet.task
import twisted.internet.threads
import twisted.logger
import twisted.protocols.basic
import twisted.python.failure
import twisted.python.log
import twisted.trial.unittest
