import { errorText } from '../../runtime/errors.ts';

/** What systems and libraries say of a connection that failed, by what their messages have in common. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/ENOENT|No such file|File not found/i, '不存在，请检查是否插好、名称是否正确'],
  [/EACCES|EPERM|Permission denied|Access denied/i, '没有打开的权限，或被别的程序占用'],
  [/EBUSY|Cannot lock|Resource (busy|temporarily unavailable)/i, '被别的程序占用'],
  [/ECONNREFUSED/, '对方拒绝连接'],
  [/ETIMEDOUT/, '连接超时'],
  [/EHOSTUNREACH|ENETUNREACH|EHOSTDOWN/, '网络不通'],
  [/ENOTFOUND|EAI_AGAIN/, '地址无法解析'],
  [/ECONNRESET|EPIPE/, '连接被对方断开'],
  [/EISDIR/, '这是文件夹'],
  [/Bad username or password|Not authorized/i, '用户名或密码不对'],
  [/EIO|ENXIO|ENODEV|EBADF|disconnected/i, '已断开'],
];

/** The same for people; what there are no words for, as it was said. The original belongs into the log. */
export function whyText(error: unknown): string {
  const said = errorText(error);
  return WORDS.find(([pattern]) => pattern.test(said))?.[1] ?? said;
}
