#!/bin/sh
set -e
docker build -t "$IMAGE" .
cosign sign --yes "$IMAGE"
