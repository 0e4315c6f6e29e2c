import { Alert, Button } from '@grafana/ui';
import * as React from 'react';

interface ErrorBoundaryProps {
  /** Another page gets another chance. */
  readonly page: string;
  readonly children: React.ReactNode;
}

interface ErrorBoundaryState {
  readonly page: string;
  readonly error: Error | undefined;
}

/** A page that fails says so, and the others stay within reach. */
export class ErrorBoundary extends React.Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { page: this.props.page, error: undefined };

  static getDerivedStateFromError(error: Error): Partial<ErrorBoundaryState> {
    return { error };
  }

  static getDerivedStateFromProps({ page }: ErrorBoundaryProps, state: ErrorBoundaryState) {
    return page === state.page ? null : { page, error: undefined };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Alert severity="error" title="This page failed">
        <p>{error.message}</p>
        <Button variant="secondary" onClick={() => window.location.reload()}>
          Load it again
        </Button>
      </Alert>
    );
  }
}
