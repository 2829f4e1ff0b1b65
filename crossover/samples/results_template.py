"""What a results file looks like, as a file to start from."""

TEMPLATE_CSV = """sample_id,strategy,correct,latency_seconds,input_tokens,output_tokens,cost_usd
q1,prompting,1,1.2,850,60,0.0004
q1,rag,1,1.9,2400,55,0.0010
q2,prompting,0,1.1,845,72,0.0004
q2,rag,1,2.1,2380,61,0.0010
"""
"""One row per answer; everything after `correct` may be left out. The numbers are invented."""

WIDE_TEMPLATE_CSV = """sample_id,prompting,rag,tuning
q1,1,1,1
q2,0,1,1
q3,1,1,0
"""
"""One column per strategy."""
