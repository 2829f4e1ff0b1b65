"""Crossover: what four ways of building on a language model cost, measured on a team's own data.

The core is pure: no page framework, no network, no clock. Data flows one way through the stages:
samples, tokens, retrieval, profile, prices, strategies, cost, gates, criteria, comparison, verdict,
charts and report. A stage imports only earlier ones; tests/test_house.py holds the whole list.
"""
