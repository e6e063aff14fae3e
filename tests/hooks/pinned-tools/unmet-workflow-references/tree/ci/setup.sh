#!/bin/sh
npm install --global \
  left-pad@1.3.0 \
  right-pad
