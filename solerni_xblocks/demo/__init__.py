"""The embedded LMS and Studio: ``python -m solerni_xblocks.demo``. Never imported by the rest."""
