"""An API's contract: read, checked against what API Gateway understands, and composed into what it imports."""
