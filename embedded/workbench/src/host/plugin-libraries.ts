/** What a plugin gets of the host's libraries: whole, because it is not known which part it uses. */
import * as emotion from '@emotion/css';
import * as data from '@grafana/data';
import * as runtime from '@grafana/runtime';
import * as ui from '@grafana/ui';
import lodash from 'lodash';
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import * as rxjs from 'rxjs';

export const libraries: Readonly<Record<string, unknown>> = {
  react: { ...React, default: React },
  'react-dom': { ...ReactDOM, default: ReactDOM },
  '@emotion/css': emotion,
  '@grafana/data': data,
  '@grafana/runtime': runtime,
  '@grafana/ui': ui,
  rxjs,
  lodash,
};
