"""The screens of schemes, rounds, sheets and judging."""
