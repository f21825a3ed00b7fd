#!/usr/bin/env bash
# The curl examples of Help Desk Pro's clients (paths without a slash at the end), against a desk with the demo data.

# 1. Register a new user
curl -X POST "http://127.0.0.1:8000/api/v1/auth/register" \
     -H "Content-Type: application/json" \
     -d '{
       "email": "user@example.com",
       "password": "password123",
       "first_name": "John",
       "last_name": "Doe"
     }'

# 2. Login and get tokens
YOUR_ACCESS_TOKEN=$(curl -X POST "http://127.0.0.1:8000/api/v1/auth/login" \
     -H "Content-Type: application/json" \
     -d '{
       "email": "user@example.com",
       "password": "password123"
     }' | sed -E 's/.*"access_token": ?"([^"]*)".*/\1/')

# 3. Create a ticket (authenticated)
curl -X POST "http://127.0.0.1:8000/api/v1/tickets/" \
     -H "Authorization: Bearer $YOUR_ACCESS_TOKEN" \
     -H "Content-Type: application/json" \
     -d '{
       "title": "Website not loading",
       "description": "The main website is not loading properly",
       "priority": "high"
     }'

# Test API endpoints
curl http://127.0.0.1:8000/health
