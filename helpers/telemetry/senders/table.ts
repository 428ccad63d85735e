import type { TelemetrySignal } from '../payload.ts';
import { closeHttp } from './http.ts';
import { lokiPushSender } from './loki-push.ts';
import { closeGrpc, otlpGrpcSender } from './otlp-grpc.ts';
import { otlpHttpSender } from './otlp-http.ts';
import { pushgatewaySender } from './pushgateway.ts';
import { remoteWriteSender } from './remote-write.ts';
import { sdkTracesSender } from './sdk-traces.ts';
import type { Sender } from './types.ts';

/** Every way to push. */
export const senders: readonly Sender[] = [
  otlpGrpcSender('none'),
  otlpGrpcSender('gzip'),
  otlpHttpSender('protobuf', 'none'),
  otlpHttpSender('protobuf', 'gzip'),
  otlpHttpSender('json', 'none'),
  otlpHttpSender('json', 'gzip'),
  sdkTracesSender(),
  lokiPushSender('json', 'none'),
  lokiPushSender('json', 'gzip'),
  lokiPushSender('protobuf', 'snappy'),
  remoteWriteSender('v1'),
  remoteWriteSender('v2'),
  pushgatewaySender(),
];

/** @throws RangeError where there is no sender of that name. */
export function senderNamed(name: string): Sender {
  const found = senders.find((sender) => sender.name === name);
  if (found === undefined) {
    throw new RangeError(
      `There is no sender "${name}"; there are: ${senders.map((sender) => sender.name).join(', ')}.`,
    );
  }
  return found;
}

export function sendersOf(signal: TelemetrySignal): readonly Sender[] {
  return senders.filter((sender) => sender.signals.includes(signal));
}

/** Closes kept-alive connections and channels, so that the process can end. */
export function closeSenders(): void {
  closeHttp();
  closeGrpc();
}
