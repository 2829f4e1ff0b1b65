"""Crossover: what four ways of building on a language model cost, measured on a team's own data.

The core is pure: no page framework, no network, no clock. Stages in order of flow (a stage imports
only earlier ones): figure, samples, tokens, retrieval, prices, strategies, cost, latency, gates,
criteria, comparison, charts, report, cli.
"""
