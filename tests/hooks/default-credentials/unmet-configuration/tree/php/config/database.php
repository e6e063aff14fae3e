<?php return ['password' => env('DB_PASSWORD', 'forge')];
