import requests

# Authenticate
response = requests.post('http://127.0.0.1:8000/api/v1/auth/token/', {
    'username': 'agent',
    'password': 'agent123'
})
token = response.json()['access']

# Make authenticated request
headers = {'Authorization': f'Bearer {token}'}
tickets = requests.get('http://127.0.0.1:8000/api/v1/tickets/', headers=headers)
print(tickets.json())
