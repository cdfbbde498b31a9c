import { useEffect } from 'react';
import { DEFECT_CODES } from '../../../shared/schema/review';
import { useServices } from '../../app/services';
import { markDefect } from '../review/defects';
import { targetOfRemark } from '../review/target-of-remark';
import { useWorkspace } from '../workspace-context';

/**
 * While it is asked which defect, a digit answers. Heard on the window and not by the form: what is typed right after the
 * key that asked comes before the form is there.
 */
export function useDefectDigits(isAsked: boolean): void {
  const services = useServices();
  const workspace = useWorkspace();
  useEffect(() => {
    if (!isAsked) return;
    const target = targetOfRemark(services.editor);
    const onKeyDown = (event: KeyboardEvent) => {
      const code = DEFECT_CODES[Number(event.key) - 1];
      if (code === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      workspace.question.set(null);
      document.querySelector<HTMLElement>('[data-canvas]')?.focus();
      void markDefect(workspace, code, target);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [isAsked, services, workspace]);
}
