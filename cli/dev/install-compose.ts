import { installTool } from '../../stack/engines/store/install-tool.ts';

/** For CI: the compose CLI where Docker looks for it. */
const { path, version } = await installTool('docker-compose', undefined, {
  progress: (message) => console.log(message),
});
console.log(`docker-compose ${version}: ${path}`);
