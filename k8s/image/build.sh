#!/bin/sh
# Builds the image, with buildah, which needs no daemon, or docker. Arguments go to it: --build-arg BASE=…, --tag …
set -eu
cd "$(dirname "$0")/../.."
version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml)
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
set -- --file k8s/image/Dockerfile --build-arg "VERSION=$version" --build-arg "REVISION=$revision" \
    --tag "kandji-etl:$version" "$@" .
if command -v buildah >/dev/null; then
    exec buildah build --layers --timestamp 1767225600 "$@" # The time that the Dockerfile gives all files.
fi
exec docker build "$@"
