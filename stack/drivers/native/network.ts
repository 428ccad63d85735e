import { quote, runScript } from './commands.ts';
import type { NetworkPlan } from './network-plan.ts';

/** Makes the bridges and one network namespace per service, as planned. */
export async function buildNetwork(plan: NetworkPlan): Promise<void> {
  const script: string[] = ['ip link set lo up'];
  for (const bridge of plan.bridges) {
    script.push(`ip link add ${bridge.device} type bridge`);
    script.push(`ip addr add ${bridge.gateway}/${bridge.prefix} dev ${bridge.device}`);
    script.push(`ip link set ${bridge.device} up`);
  }
  for (const host of Object.values(plan.hosts)) {
    if (host.namespace === undefined || !host.ownsNamespace) continue;
    const name = quote(host.namespace);
    script.push(`ip netns add ${name}`);
    // Containers may bind low ports whoever they run as; so may these.
    script.push(`nsenter --net=/run/netns/${name} sh -c 'echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start'`);
    script.push(`ip -n ${name} link set lo up`);
    host.interfaces.forEach((face, position) => {
      script.push(`ip link add ${face.peer} type veth peer name ${face.device} netns ${name}`);
      script.push(`ip link set ${face.peer} master ${face.bridge.device} up`);
      script.push(`ip -n ${name} addr add ${face.address}/${face.bridge.prefix} dev ${face.device}`);
      script.push(`ip -n ${name} link set ${face.device} up`);
      if (position === 0) script.push(`ip -n ${name} route add default via ${face.bridge.gateway}`);
    });
  }
  await runScript('make the network of the run', script.join('\n'));
}

/** Takes away what `buildNetwork` made, as far as it is still there. */
export async function removeNetwork(plan: NetworkPlan): Promise<void> {
  const namespaces = Object.values(plan.hosts).flatMap(({ namespace, ownsNamespace }) =>
    namespace && ownsNamespace ? [namespace] : [],
  );
  const script = [
    ...namespaces.map((name) => `ip netns del ${quote(name)} 2>/dev/null || true`),
    ...plan.bridges.map(({ device }) => `ip link del ${device} 2>/dev/null || true`),
  ];
  await runScript('remove the network of the run', script.join('\n'));
}

/** Drops every packet between two services by routes into nowhere on both sides; `mend` takes them away. */
export async function setCut(plan: NetworkPlan, one: string, other: string, cut: boolean): Promise<void> {
  const verb = cut ? 'add' : 'del';
  const script: string[] = [];
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    const namespace = plan.hosts[from]?.namespace;
    if (namespace === undefined) continue;
    for (const face of plan.hosts[to]?.interfaces ?? []) {
      script.push(`ip -n ${quote(namespace)} route ${verb} blackhole ${face.address}/32`);
    }
  }
  await runScript(`${cut ? 'cut' : 'mend'} the network between ${one} and ${other}`, script.join('\n'));
}
