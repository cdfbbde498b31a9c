import type { Session } from 'electron';
import { isAppUrl } from './origins';

/** Denied unless listed; each entry says which feature needs it. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write', // "Copy" in the inspector and in error messages
  'persistent-storage', // the annotations' database must not be evicted when the disk runs low
]);

export function isPermissionAllowed(permission: string, requestingUrl: string): boolean {
  return isAppUrl(requestingUrl) && ALLOWED_PERMISSIONS.has(permission);
}

/** Camera, microphone, location, notifications, USB, serial, HID, screen capture, file system access: all denied. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isPermissionAllowed(permission, details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isPermissionAllowed(permission, requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
}
