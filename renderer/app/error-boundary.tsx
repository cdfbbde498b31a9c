import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { ErrorNotice } from '../components/error-notice';

interface Props {
  readonly children: ReactNode;
  /** Changes when another screen is shown, so that the boundary tries again. */
  readonly resetKey: string;
  readonly onError: (error: Error) => void;
}

/** A defect in one screen leaves the frame and everything saved as it was. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidCatch(error: Error) {
    this.props.onError(error);
  }

  override componentDidUpdate(previous: Props) {
    if (previous.resetKey !== this.props.resetKey && this.state.error !== null)
      this.setState({ error: null });
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <ErrorNotice
        title="This screen stopped working"
        message={`Everything that was saved is untouched. Try again, or open another screen; the log file has the details. (${this.state.error.message})`}
      >
        <Button onClick={() => this.setState({ error: null })}>Try again</Button>
      </ErrorNotice>
    );
  }
}
