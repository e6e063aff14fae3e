<?php return ['connections' => [
  'mysql' => [
    'host' => env('DB_HOST', 'db'),
    'password' => env('DB_PASSWORD', 'forge'),
  ],
  'pgsql' => [
    'host' => env('DB_HOST', '127.0.0.1'),
    'password' => env('DB_PASSWORD', 'homestead'),
  ],
  'mysql-ci' => [
    'password' => env('DB_PASSWORD', 'mysql'),
  ],
]];
