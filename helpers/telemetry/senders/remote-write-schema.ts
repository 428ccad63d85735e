import protobuf from 'protobufjs';

/**
 * Prometheus' remote-write messages, 1.0 (`prompb`) and 2.0 (`io.prometheus.write.v2`). A sample's value, a `double`, is
 * declared `fixed64`, which has the same bytes: JavaScript's numbers cannot carry the NaN that marks a stale series.
 */
const V1 = `
syntax = "proto3";
package v1;
message WriteRequest { repeated TimeSeries timeseries = 1; repeated MetricMetadata metadata = 3; }
message MetricMetadata { int32 type = 1; string metricFamilyName = 2; string help = 4; string unit = 5; }
message TimeSeries {
  repeated Label labels = 1; repeated Sample samples = 2; repeated Exemplar exemplars = 3; repeated Histogram histograms = 4;
}
message Label { string name = 1; string value = 2; }
message Sample { fixed64 value = 1; int64 timestamp = 2; }
message Exemplar { repeated Label labels = 1; double value = 2; int64 timestamp = 3; }
message Histogram {
  oneof count { uint64 countInt = 1; }
  double sum = 3; sint32 schema = 4; double zeroThreshold = 5;
  oneof zeroCount { uint64 zeroCountInt = 6; }
  repeated BucketSpan negativeSpans = 8; repeated sint64 negativeDeltas = 9;
  repeated BucketSpan positiveSpans = 11; repeated sint64 positiveDeltas = 12;
  int64 timestamp = 15;
}
message BucketSpan { sint32 offset = 1; uint32 length = 2; }
`;

const V2 = `
syntax = "proto3";
package v2;
message Request { repeated string symbols = 4; repeated TimeSeries timeseries = 5; }
message TimeSeries {
  repeated uint32 labelsRefs = 1; repeated Sample samples = 2; repeated Histogram histograms = 3;
  repeated Exemplar exemplars = 4; Metadata metadata = 5;
}
message Exemplar { repeated uint32 labelsRefs = 1; double value = 2; int64 timestamp = 3; }
message Sample { fixed64 value = 1; int64 timestamp = 2; }
message Metadata { int32 type = 1; uint32 helpRef = 3; uint32 unitRef = 4; }
message Histogram {
  oneof count { uint64 countInt = 1; }
  double sum = 3; sint32 schema = 4; double zeroThreshold = 5;
  oneof zeroCount { uint64 zeroCountInt = 6; }
  repeated BucketSpan negativeSpans = 8; repeated sint64 negativeDeltas = 9;
  repeated BucketSpan positiveSpans = 11; repeated sint64 positiveDeltas = 12;
  int64 timestamp = 15;
}
message BucketSpan { sint32 offset = 1; uint32 length = 2; }
`;

const types = new Map<'v1' | 'v2', protobuf.Type>();

/** `prometheus.WriteRequest` or `io.prometheus.write.v2.Request`. */
export function writeRequestType(version: 'v1' | 'v2'): protobuf.Type {
  const known = types.get(version);
  if (known !== undefined) return known;
  const [proto, name] = version === 'v1' ? [V1, 'v1.WriteRequest'] : [V2, 'v2.Request'];
  const type = protobuf.parse(proto, { keepCase: true }).root.lookupType(name);
  types.set(version, type);
  return type;
}
