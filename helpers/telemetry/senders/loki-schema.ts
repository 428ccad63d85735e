import protobuf from 'protobufjs';

/** Loki's `logproto.PushRequest` (pkg/push/push.proto). */
const PROTO = `
syntax = "proto3";
package loki;
message PushRequest { repeated Stream streams = 1; }
message Stream { string labels = 1; repeated Entry entries = 2; }
message Entry { Timestamp timestamp = 1; string line = 2; repeated LabelPair structuredMetadata = 3; }
message LabelPair { string name = 1; string value = 2; }
message Timestamp { int64 seconds = 1; int32 nanos = 2; }
`;

let type: protobuf.Type | undefined;

export function lokiPushType(): protobuf.Type {
  type ??= protobuf.parse(PROTO, { keepCase: true }).root.lookupType('loki.PushRequest');
  return type;
}
