/** Numeric ids of the users that official images name in their `USER` line. */
const KNOWN_USERS: Readonly<Record<string, number>> = {
  root: 0,
  nobody: 65534,
  nonroot: 65532,
  loki: 10001,
  tempo: 10001,
  pyroscope: 10001,
  grafana: 472,
  alloy: 473,
  otel: 10001,
};

/** `10001`, `10001:10001`, `nobody`, `nobody:nogroup` as numbers; undefined for a name that no known image has. */
export function resolveUser(user: string): { readonly uid: number; readonly gid: number } | undefined {
  const [name = '', group] = user.split(':');
  const uid = /^\d+$/.test(name) ? Number(name) : name === '' ? 0 : KNOWN_USERS[name];
  if (uid === undefined) return undefined;
  // Without a group, the user's own one of the image's passwd; a bare number that no image knows gets group 0.
  const known = Object.values(KNOWN_USERS).includes(uid);
  const gid =
    group === undefined ? (known ? uid : 0) : /^\d+$/.test(group) ? Number(group) : (KNOWN_USERS[group] ?? 65534);
  return { uid, gid };
}
