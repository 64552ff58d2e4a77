"""What the company spends on its computers: by contract, asset, site, month; against its budget; what the fee buys."""
