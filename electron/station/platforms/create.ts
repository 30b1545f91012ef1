import type { PlatformId } from '../../../shared/domain/site.ts';
import type { Platform, PlatformDeps } from './platform.ts';
import { platformDefinitions } from './registry.ts';

/**
 * The platforms that the configuration switches on. One that this version does not speak is said out loud and left out: lanes
 * must not stand still because a platform is missing.
 */
export function createPlatforms(
  settings: { readonly [P in PlatformId]?: { readonly enabled: boolean } | undefined },
  deps: PlatformDeps,
): Platform[] {
  const known = new Set<string>(platformDefinitions.map((definition) => definition.id));
  for (const [id, wanted] of Object.entries(settings))
    if (wanted?.enabled && !known.has(id)) {
      deps.log.warn('a platform is configured that this version does not speak', { platform: id });
      deps.commands.alarm({
        code: 'platform-not-available',
        subject: id,
        detail: `本版本尚未支持平台 ${id}，相关数据不会上传`,
        severity: 'alarm',
      });
    }
  return platformDefinitions.flatMap((definition) => {
    const wanted = settings[definition.id];
    if (!wanted?.enabled) return [];
    return [definition.create(definition.settings.parse(wanted), { ...deps, log: deps.log.child(definition.id) })];
  });
}
