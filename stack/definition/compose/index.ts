export { type ComposeOptions, type ComposeProject, readCompose } from './read-compose.ts';
export type { ComposeService } from './service.ts';
