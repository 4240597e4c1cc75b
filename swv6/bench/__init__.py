"""Measuring a conversation from outside: nothing in the loop knows that it is measured."""
