import type { TestStep } from '../../../shared/domain/connection-test.ts';
import type { PlatformId } from '../../../shared/domain/site.ts';
import type { TestDeps } from '../platforms/platform.ts';
import { platformDefinitions } from '../platforms/registry.ts';
import { pathText } from '../provision.ts';
import { errorText } from '../runtime/errors.ts';
import { chinese } from './faults.ts';

/** A person waits for the result. */
const WHOLE_TEST_MS = 15_000;

const failed = (detail: string): TestStep[] => [{ step: 'settings', line: 'uplink', outcome: 'failed', detail, ms: 0 }];

/** 连接测试: says which step failed. Runs beside everything else, and ends in time whatever the other side does. */
export async function testPlatform(
  id: PlatformId,
  given: unknown,
  deps: Omit<TestDeps, 'signal'>,
): Promise<readonly TestStep[]> {
  const definition = platformDefinitions.find((candidate) => candidate.id === id);
  if (!definition?.test) return failed('本版本尚不能测试这个平台');
  const parsed = definition.settings.safeParse(given);
  if (!parsed.success)
    return failed(parsed.error.issues.map(({ path, message }) => `${pathText(path)}：${chinese(message)}`).join('；'));
  const over = new AbortController();
  const cancel = deps.clock.after(WHOLE_TEST_MS, () => over.abort());
  try {
    return await definition.test(parsed.data, { ...deps, signal: over.signal });
  } catch (error) {
    return failed(errorText(error));
  } finally {
    cancel();
    over.abort();
  }
}
