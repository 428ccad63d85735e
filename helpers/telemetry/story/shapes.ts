import type { Span } from '../types.ts';
import { DB_SCOPE, PRODUCTS, type Product, requestOf, userOf } from './shop.ts';
import { TraceBuilder } from './trace-builder.ts';

/** What a shape is built from. `index` tells traces of a story apart and decides user, product and durations. */
export interface ShapeInput {
  readonly key: string;
  readonly runId: string;
  readonly index: number;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
}

function builderOf(input: ShapeInput, name: string): TraceBuilder {
  return new TraceBuilder({
    key: input.key,
    runId: input.runId,
    name: `${name} ${input.index}`,
    startMs: input.startMs,
  });
}

function productOf(index: number): Product {
  return PRODUCTS[index % PRODUCTS.length] ?? { id: 'p-0', name: 'Nothing', price: 0 };
}

/** The longest a trace of any shape lasts, in milliseconds: the slow one. */
export const LONGEST_MS = 2_600;

/**
 * browser → frontend → api → database, 4 spans. Lasts 100 ms + 10 ms for each of index mod 10, so durations have
 * exact quantiles; a slow one lasts 2,500 ms, all of it more in the database.
 */
export function browse(input: ShapeInput, slow = false): readonly Span[] {
  const trace = builderOf(input, 'browse');
  const lasts = slow ? 2_500 : 100 + 10 * (input.index % 10);
  const product = productOf(input.index);
  const who = { user_id: userOf(input.index), request_id: requestOf(input.index) };
  const http = { 'http.request.method': 'GET', 'http.route': '/products/{id}' };
  const page = trace.add({
    service: 'browser',
    name: 'view product',
    kind: 'client',
    at: 0,
    lasts,
    attributes: { ...who, ...http, 'user_agent.mobile': input.index % 2 === 0 },
  });
  const front = trace.add(
    {
      service: 'frontend',
      name: 'GET /products/{id}',
      kind: 'server',
      at: 10,
      lasts: lasts - 20,
      attributes: { ...who, ...http, 'http.response.status_code': 200, 'url.path': `/products/${product.id}` },
    },
    page,
  );
  const api = trace.add(
    {
      service: 'api',
      name: 'products.get',
      kind: 'server',
      at: 20,
      lasts: lasts - 40,
      status: 'ok',
      attributes: { ...who, 'product.id': product.id, 'product.price': product.price, 'cache.hit': !slow },
    },
    front,
  );
  trace.add(
    {
      service: 'api',
      scope: DB_SCOPE,
      name: 'SELECT products',
      kind: 'client',
      at: 30,
      lasts: lasts - 60,
      attributes: {
        'db.system': 'postgresql',
        'db.statement': "SELECT * FROM products WHERE id = $1 AND name <> 'O''Neill'",
        'db.rows': input.index % 5,
        'server.address': 'database',
      },
    },
    api,
  );
  return trace.spans;
}

/** How a checkout ends. `retried`: the first payment attempt fails, the second succeeds. */
export type CheckoutEnd = 'paid' | 'retried' | 'declined';

/**
 * browser → frontend → api → (database, payment once or twice, queue). The producer span is what a `worker` trace
 * links to. 6 spans, 7 when retried, 5 when declined.
 */
export function checkout(input: ShapeInput, end: CheckoutEnd): readonly Span[] {
  const trace = builderOf(input, 'checkout');
  const who = { user_id: userOf(input.index), request_id: requestOf(input.index) };
  const items = [productOf(input.index), productOf(input.index + 1)];
  const total = items.reduce((sum, item) => sum + item.price, 0);
  const failed = end === 'declined';
  const code = failed ? 502 : 200;
  const http = { 'http.request.method': 'POST', 'http.route': '/checkout', 'http.response.status_code': code };
  const page = trace.add({ service: 'browser', name: 'checkout', kind: 'client', at: 0, lasts: 800, attributes: who });
  const front = trace.add(
    {
      service: 'frontend',
      name: 'POST /checkout',
      kind: 'server',
      at: 20,
      lasts: 760,
      status: failed ? 'error' : 'unset',
      attributes: { ...who, ...http },
    },
    page,
  );
  const api = trace.add(
    {
      service: 'api',
      name: 'orders.create',
      kind: 'server',
      at: 40,
      lasts: 720,
      status: failed ? 'error' : 'ok',
      ...(failed ? { statusMessage: 'payment declined' } : {}),
      attributes: {
        ...who,
        ...http,
        'cart.items': items.map((item) => item.id),
        'cart.quantities': [1, 1 + (input.index % 3)],
        'cart.gift': [true, false],
        'order.total': total,
      },
      events: [{ at: 50, name: 'cart validated', attributes: { items: items.length } }],
    },
    front,
  );
  trace.add(
    {
      service: 'api',
      scope: DB_SCOPE,
      name: 'INSERT orders',
      kind: 'client',
      at: 60,
      lasts: 40,
      attributes: { 'db.system': 'postgresql', 'db.statement': 'INSERT INTO orders VALUES ($1, $2)', 'db.rows': 1 },
    },
    api,
  );
  const pay = (attempt: number, at: number, ok: boolean): Span =>
    trace.add(
      {
        service: 'payment',
        name: 'payment.charge',
        kind: 'server',
        at,
        lasts: 200,
        status: ok ? 'ok' : 'error',
        ...(ok ? {} : { statusMessage: 'card refused' }),
        attributes: { ...who, attempt, 'payment.method': 'card', 'payment.amount': total },
        events: ok
          ? []
          : [
              {
                at: at + 150,
                name: 'exception',
                attributes: {
                  'exception.type': 'CardRefused',
                  'exception.message': 'issuer said no',
                  'exception.stacktrace': 'CardRefused: issuer said no\n  at charge (payment.js:42)',
                },
              },
            ],
      },
      api,
    );
  if (end === 'paid') pay(1, 120, true);
  if (end === 'declined') pay(1, 120, false);
  if (end === 'retried') {
    pay(1, 120, false);
    pay(2, 340, true);
  }
  if (!failed) {
    trace.add(
      {
        service: 'api',
        name: 'orders publish',
        kind: 'producer',
        at: 700,
        lasts: 20,
        attributes: { 'messaging.system': 'queue', 'messaging.destination.name': 'orders' },
      },
      api,
    );
  }
  return trace.spans;
}

/** A worker takes several orders at once: its root links to the producer spans, each link saying which. 2 spans. */
export function consume(input: ShapeInput, producers: readonly Span[]): readonly Span[] {
  const trace = builderOf(input, 'consume');
  const root = trace.add({
    service: 'worker',
    name: 'orders process',
    kind: 'consumer',
    at: 0,
    lasts: 300,
    attributes: {
      'messaging.system': 'queue',
      'messaging.destination.name': 'orders',
      'messaging.batch.message_count': producers.length,
    },
    links: producers.map((span, position) => ({
      traceId: span.traceId,
      spanId: span.spanId,
      attributes: { 'messaging.position': position, 'link.kind': 'order' },
    })),
  });
  trace.add(
    {
      service: 'worker',
      name: 'send mail',
      kind: 'client',
      at: 50,
      lasts: 100,
      attributes: { 'mail.count': producers.length },
    },
    root,
  );
  return trace.spans;
}

/** A nightly job: a root and one step for each name, one after another; the last step may fail. */
export function batchJob(input: ShapeInput, failing: boolean): readonly Span[] {
  const trace = builderOf(input, 'batch');
  const steps = ['load', 'transform', 'aggregate', 'store'];
  const root = trace.add({
    service: 'batch',
    name: 'nightly report',
    at: 0,
    lasts: 1_000,
    attributes: { 'job.name': 'report', 'job.steps': steps, 'job.number': input.index },
  });
  steps.forEach((step, position) => {
    const fails = failing && position === steps.length - 1;
    trace.add(
      {
        service: 'batch',
        name: `step ${step}`,
        at: position * 250,
        lasts: 250,
        status: fails ? 'error' : 'unset',
        ...(fails ? { statusMessage: 'disk full' } : {}),
        attributes: { step, position },
      },
      root,
    );
  });
  return trace.spans;
}

/** One span in another, `levels` deep; each child starts 1 ms later and ends 1 ms earlier. */
export function deep(input: ShapeInput, levels: number): readonly Span[] {
  const trace = builderOf(input, 'deep');
  let parent: Span | undefined;
  for (let level = 0; level < levels; level++) {
    parent = trace.add(
      { service: 'api', name: `level ${level}`, at: level, lasts: 500 - 2 * level, attributes: { level } },
      parent,
    );
  }
  return trace.spans;
}

/** A root and `children` that run side by side, child n for 10 + n ms. */
export function wide(input: ShapeInput, children: number): readonly Span[] {
  const trace = builderOf(input, 'wide');
  const root = trace.add({ service: 'frontend', name: 'fan out', kind: 'server', at: 0, lasts: 400 });
  for (let child = 0; child < children; child++) {
    trace.add(
      {
        service: 'api',
        name: 'fan call',
        kind: 'server',
        at: 5,
        lasts: 10 + child,
        attributes: { child, shard: `shard-${child % 4}` },
      },
      root,
    );
  }
  return trace.spans;
}
