#!/bin/sh
# Makes inputs (*.bin, in the build tree) out of messages written as text (*.textpb, in the sources).
# The folder says which message: seeds/request/visit.textpb is a fuzz.Office.

set -eu
source=$1
for text in "$source"/tests/fuzz/*/*/*.textpb; do
    [ -e "$text" ] || continue
    name=${text#"$source"/}
    folder=${name%/*}
    case ${folder##*/} in
    request) message=fuzz.Office ;;
    record) message=fuzz.Record ;;
    response) message=wire.Response ;;
    *) echo "$text: no message has this folder's name" >&2; exit 1 ;;
    esac
    mkdir -p "$folder"
    "$PROTOC_C" --encode=$message --proto_path="$source" tests/fuzz/input.proto \
        <"$text" >"${name%.textpb}.bin"
done
