module.exports = { secret: process.env.SESSION_SECRET || 'keyboard cat', port: process.env.PORT || '80' };
