#!/usr/bin/env bash
# The curl examples of the platform dialect, against a desk with the demo data (`make run`).

# Login
JWT_TOKEN=$(curl -X POST http://127.0.0.1:8000/api/v1/auth/login/ \
  -H "Content-Type: application/json" \
  -d '{
    "email": "agent@example.com",
    "password": "agent123",
    "remember_me": true
  }' | sed -E 's/.*"access_token": ?"([^"]*)".*/\1/')

# Create a ticket; its id is the first in the answer
TICKET=$(curl -X POST http://127.0.0.1:8000/api/v1/tickets/ \
  -H "Authorization: Bearer $JWT_TOKEN" \
  -H "Content-Type: application/json" \
  -d '{
    "title": "Server is down",
    "description": "The production server is not responding to requests",
    "priority": "urgent",
    "category_id": "technical"
  }' | sed -E 's/^\{"id": ?"([^"]*)".*/\1/')

# List tickets
curl -X GET "http://127.0.0.1:8000/api/v1/tickets/?status=open&priority=high" \
  -H "Authorization: Bearer $JWT_TOKEN"

# Update the ticket; the assignee by its id, here the caller's own
ME=$(curl http://127.0.0.1:8000/api/v1/auth/me/ \
  -H "Authorization: Bearer $JWT_TOKEN" | sed -E 's/^\{"id": ?"([^"]*)".*/\1/')
curl -X PATCH http://127.0.0.1:8000/api/v1/tickets/$TICKET/ \
  -H "Authorization: Bearer $JWT_TOKEN" \
  -H "Content-Type: application/json" \
  -d '{
    "status": "in_progress",
    "assigned_to_id": "'$ME'"
  }'
