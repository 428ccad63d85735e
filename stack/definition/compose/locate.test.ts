import { describe, expect, it } from 'vitest';
import { readCompose } from './read-compose.ts';
import { withFiles } from './testing/fixtures.ts';
import { place, readFixture, serviceOf } from './testing/read.ts';

const app = 'services: { app: { image: a } }\n';

function filesRead(files: Record<string, string>, environment: Record<string, string> = {}): readonly string[] {
  return withFiles(files, (directory) => readCompose(directory, { environment }).files);
}

describe('which files are read', () => {
  it('takes the first of the default names, and the first override', () => {
    expect(filesRead({ 'docker-compose.yaml': app })).toEqual(['docker-compose.yaml']);
    expect(filesRead({ 'docker-compose.yml': app, 'docker-compose.yaml': app })).toEqual(['docker-compose.yml']);
    expect(filesRead({ 'compose.yml': app, 'docker-compose.yml': app })).toEqual(['compose.yml']);
    expect(filesRead({ 'compose.yaml': app, 'compose.yml': app, 'compose.override.yaml': app })).toEqual([
      'compose.yaml',
      'compose.override.yaml',
    ]);
  });

  it('takes COMPOSE_FILE from the environment, with its separator', () => {
    const files = { 'a.yml': app, 'sub/b.yml': app, 'compose.yaml': app };
    expect(filesRead(files, { COMPOSE_FILE: 'a.yml:sub/b.yml' })).toEqual(['a.yml', 'sub/b.yml']);
    expect(filesRead(files, { COMPOSE_FILE: 'a.yml;sub/b.yml', COMPOSE_PATH_SEPARATOR: ';' })).toHaveLength(2);
  });

  it('takes COMPOSE_FILE, COMPOSE_PROFILES and COMPOSE_PROJECT_NAME from .env', () => {
    const project = readFixture('compose-file-variable');
    expect(project.files).toEqual(['deploy/stack.yml', 'deploy/prod.yml']);
    expect(project.profiles).toEqual(['extra', 'more']);
    expect(project.name).toBe('from_env');
    expect(project.services.map((service) => service.name)).toEqual(['a', 'b']);
    expect(project.inactive).toEqual({ c: ['off'] });
  });

  it('begins relative paths at the first file, and adds the .env beside it under the outer one', () => {
    const project = readFixture('compose-file-variable');
    expect(project.workingDirectory).toBe(`${project.directory}/deploy`);
    const service = serviceOf(project, 'a');
    expect(service.image).toBe('a:outer');
    expect(service.environment.I?.value).toBe('inner');
    expect(service.mounts[0]).toMatchObject({ kind: 'bind', source: `${project.directory}/deploy/a.yml` });
  });

  it('leaves .env alone when told so', () => {
    const files = { 'compose.yaml': `services: { app: { image: "a:\${TAG-none}" } }\n`, '.env': 'TAG=1\n' };
    const image = (environment: Record<string, string>) =>
      withFiles(files, (directory) => readCompose(directory, { environment }).services[0]?.image);
    expect(image({})).toBe('a:1');
    expect(image({ COMPOSE_DISABLE_ENV_FILE: 'true' })).toBe('a:none');
  });

  it('names places relative to the directory, and files outside of it absolutely', () => {
    withFiles({ 'in/x.yml': app, 'out.yml': app.replace('app', 'other') }, (directory) => {
      const project = readCompose(`${directory}/in`, { files: ['x.yml', '../out.yml'], environment: {} });
      expect(project.services.map(place)).toEqual(['x.yml:1:13', `${directory}/out.yml:1:13`]);
    });
  });
});

describe('the project name', () => {
  const name = (text: string, options: { projectName?: string; environment?: Record<string, string> } = {}) =>
    withFiles(
      { 'My.Stack_1/compose.yaml': text },
      (directory) => readCompose(`${directory}/My.Stack_1`, { environment: {}, ...options }).name,
    );

  it('is the one asked for, else of the environment, else of the file, else of the directory', () => {
    expect(name(app)).toBe('mystack_1');
    expect(name(`name: named\n${app}`)).toBe('named');
    expect(name(`name: "\${N:-x}-y"\n${app}`)).toBe('x-y');
    expect(name(`name: named\n${app}`, { environment: { COMPOSE_PROJECT_NAME: 'env' } })).toBe('env');
    expect(name(`name: named\n${app}`, { environment: { COMPOSE_PROJECT_NAME: 'env' }, projectName: 'p' })).toBe('p');
  });
});
