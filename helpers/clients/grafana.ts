import { bool, type Decoder, field, fieldOr, type JsonObject, list, object, text } from './decode.ts';
import type { ClientOptions, HttpRequest, HttpResponse } from './http-types.ts';
import { JsonApi, type ProbeAnswer } from './json-api.ts';

export interface GrafanaHealth {
  readonly database: string;
  readonly version: string;
}

export interface DataSource {
  readonly uid: string;
  readonly name: string;
  /** `prometheus`, `loki`, `tempo`, `grafana-pyroscope-datasource`, … */
  readonly type: string;
  readonly url: string;
  readonly isDefault: boolean;
  readonly readOnly: boolean;
  /** Trace-to-logs, derived fields, exemplar links and so on, as configured. */
  readonly jsonData: JsonObject;
}

export interface DashboardHit {
  readonly uid: string;
  readonly title: string;
  readonly folderTitle: string;
}

export interface Dashboard {
  readonly dashboard: JsonObject;
  readonly provisioned: boolean;
}

const health: Decoder<GrafanaHealth> = (json) => {
  const from = object(json);
  return { database: field(from, 'database', text), version: fieldOr(from, 'version', text, '') };
};

const dataSource: Decoder<DataSource> = (json) => {
  const from = object(json);
  return {
    uid: field(from, 'uid', text),
    name: field(from, 'name', text),
    type: field(from, 'type', text),
    url: fieldOr(from, 'url', text, ''),
    isDefault: fieldOr(from, 'isDefault', bool, false),
    readOnly: fieldOr(from, 'readOnly', bool, false),
    jsonData: fieldOr(from, 'jsonData', object, {}),
  };
};

const dashboardHit: Decoder<DashboardHit> = (json) => {
  const from = object(json);
  return {
    uid: field(from, 'uid', text),
    title: field(from, 'title', text),
    folderTitle: fieldOr(from, 'folderTitle', text, ''),
  };
};

const dashboard: Decoder<Dashboard> = (json) => {
  const from = object(json);
  const meta = fieldOr(from, 'meta', object, {});
  return { dashboard: field(from, 'dashboard', object), provisioned: fieldOr(meta, 'provisioned', bool, false) };
};

/**
 * Grafana's HTTP API, https://grafana.com/docs/grafana/latest/developers/http_api/. Written from its documentation; not
 * run against an engine here, where none can be had.
 */
export class GrafanaClient {
  readonly api: JsonApi;

  constructor(options: ClientOptions) {
    this.api = new JsonApi(options);
  }

  ready(signal?: AbortSignal): Promise<ProbeAnswer> {
    return this.api.probe('/api/health', signal);
  }

  health(): Promise<GrafanaHealth> {
    return this.api.json({ path: '/api/health' }, health);
  }

  dataSources(): Promise<readonly DataSource[]> {
    return this.api.json({ path: '/api/datasources' }, list(dataSource));
  }

  /** The data source's own test; its status is part of the finding, so it is no error. */
  async dataSourceHealth(uid: string): Promise<ProbeAnswer> {
    return this.api.probe(`/api/datasources/uid/${encodeURIComponent(uid)}/health`);
  }

  /** A request to the engine behind a data source, the way a panel goes. */
  throughDataSource(uid: string, request: HttpRequest): Promise<HttpResponse> {
    const path = `/api/datasources/proxy/uid/${encodeURIComponent(uid)}${request.path}`;
    return this.api.http.request({ ...request, path });
  }

  dashboards(): Promise<readonly DashboardHit[]> {
    const query = { type: 'dash-db', limit: 5000 };
    return this.api.json({ path: '/api/search', query }, list(dashboardHit));
  }

  dashboard(uid: string): Promise<Dashboard> {
    return this.api.json({ path: `/api/dashboards/uid/${encodeURIComponent(uid)}` }, dashboard);
  }
}
