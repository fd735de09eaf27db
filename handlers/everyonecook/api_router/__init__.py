"""The one function behind the gateway: it knows who calls and which function answers."""
