"""The entry point: Secrets Manager calls `handler` once for each step of a rotation."""

import mysql as database
import alternating_users as strategy
import steps

handler = steps.build_handler(strategy, database)
