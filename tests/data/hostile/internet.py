# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to reach the internet with the libraries for it.
# Must not: make a connection, or ask a name server.
# Ends: finished
import asyncio
import ftplib
import http.client
import smtplib
import socket
import urllib.request

from canary import attempt, world

address = ("127.0.0.1", world["port"])
attempt("urllib", urllib.request.urlopen, f"http://127.0.0.1:{world['port']}/", timeout=1, refusal=OSError)
attempt("http", http.client.HTTPConnection(*address, timeout=1).connect)
attempt("smtp", smtplib.SMTP, *address, timeout=1)
attempt("ftp", ftplib.FTP().connect, *address, timeout=1)
attempt("getaddrinfo", socket.getaddrinfo, "example.com", 80, refusal=(socket.gaierror, PermissionError))
attempt("gethostbyname", socket.gethostbyname, "example.com", refusal=OSError)
attempt("asyncio", lambda: asyncio.run(asyncio.open_connection(*address)))
attempt("asyncio server", lambda: asyncio.run(asyncio.start_server(print, "127.0.0.1", 0)).sockets[0],
        refusal=(IndexError, PermissionError))
attempt("if_nameindex", socket.if_nameindex)
attempt("sethostname", socket.sethostname, "other")
