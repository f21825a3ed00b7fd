// Authenticate
const authResponse = await fetch('http://127.0.0.1:8000/api/v1/auth/token/', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    username: 'agent',
    password: 'agent123'
  })
});
const { access } = await authResponse.json();

// Make authenticated request
const ticketsResponse = await fetch('http://127.0.0.1:8000/api/v1/tickets/', {
  headers: { 'Authorization': `Bearer ${access}` }
});
const tickets = await ticketsResponse.json();
console.log(tickets);
