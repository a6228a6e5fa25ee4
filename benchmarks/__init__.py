"""Measurements that are run by hand; timings are asserted nowhere else."""
