import { useEffect, useState } from 'react';
import type { FidelityTable } from '../../shared/formats/format';
import type { OptionValues } from '../../shared/formats/format-options';
import type { FormatSummary } from '../../shared/ipc/channels/dataset-formats';
import type { VersionContents } from '../../shared/ipc/channels/version-contents';
import type { AppError } from '../../shared/result/app-error';
import type { Sha256 } from '../../shared/schema/ids';
import { useServices } from '../app/services';

/** Every format of the registry; empty until they are known. */
export function useFormats(): readonly FormatSummary[] {
  const { bridge } = useServices();
  const [formats, setFormats] = useState<readonly FormatSummary[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void bridge.invoke('formats.list', {}).then((answer) => {
      if (isCurrent && answer.ok) setFormats(answer.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge]);
  return formats;
}

/** What a format keeps with these options; the table of before stays until the new one is here. */
export function useFidelity(format: FormatSummary | undefined, options: OptionValues): FidelityTable | null {
  const { bridge } = useServices();
  const [known, setKnown] = useState<{ formatId: string; fidelity: FidelityTable } | null>(null);
  const formatId = format?.id;
  useEffect(() => {
    if (formatId === undefined) return;
    let isCurrent = true;
    void bridge.invoke('formats.fidelity', { formatId, options: { ...options } }).then((answer) => {
      if (isCurrent && answer.ok) setKnown({ formatId, fidelity: answer.value });
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge, formatId, options]);
  return known?.formatId === formatId ? (known?.fidelity ?? null) : (format?.fidelity ?? null);
}

/** How much of each kind of thing a version holds; null while it is counted. */
export function useContents(versionId: Sha256): {
  readonly contents: VersionContents | null;
  readonly error: AppError | null;
} {
  const { bridge } = useServices();
  const [state, setState] = useState<{ contents: VersionContents | null; error: AppError | null }>({
    contents: null,
    error: null,
  });
  useEffect(() => {
    let isCurrent = true;
    void bridge.invoke('lake.contents', { versionId }).then((answer) => {
      if (!isCurrent) return;
      setState(answer.ok ? { contents: answer.value, error: null } : { contents: null, error: answer.error });
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge, versionId]);
  return state;
}
