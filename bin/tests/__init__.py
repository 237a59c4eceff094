"""Tests of the commands. (As a package, so that pytest puts `bin` where its modules find each other.)"""
